-- AlterTable
ALTER TABLE "Email" ADD COLUMN     "startId" TEXT;

-- CreateTable
CREATE TABLE "NominationStart" (
    "id" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "website" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "reference" TEXT,

    CONSTRAINT "NominationStart_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NominationStart_address_idx" ON "NominationStart"("address");

-- CreateIndex
CREATE INDEX "NominationStart_createdAt_idx" ON "NominationStart"("createdAt");

-- CreateIndex
CREATE INDEX "Email_startId_idx" ON "Email"("startId");

-- AddForeignKey
ALTER TABLE "Email" ADD CONSTRAINT "Email_startId_fkey" FOREIGN KEY ("startId") REFERENCES "NominationStart"("id") ON DELETE CASCADE ON UPDATE CASCADE;
