-- CreateTable
CREATE TABLE "StaffPerson" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "roles" TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL,
    "offAt" TIMESTAMP(3),

    CONSTRAINT "StaffPerson_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffChange" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "roles" TEXT[],
    "by" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StaffChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffSession" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "StaffSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignIn" (
    "id" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "returnTo" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "SignIn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "StaffPerson_address_key" ON "StaffPerson"("address");

-- CreateIndex
CREATE INDEX "StaffChange_personId_idx" ON "StaffChange"("personId");

-- CreateIndex
CREATE INDEX "StaffSession_personId_idx" ON "StaffSession"("personId");

-- CreateIndex
CREATE INDEX "SignIn_createdAt_idx" ON "SignIn"("createdAt");

-- AddForeignKey
ALTER TABLE "StaffChange" ADD CONSTRAINT "StaffChange_personId_fkey" FOREIGN KEY ("personId") REFERENCES "StaffPerson"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffSession" ADD CONSTRAINT "StaffSession_personId_fkey" FOREIGN KEY ("personId") REFERENCES "StaffPerson"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
