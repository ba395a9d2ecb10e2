-- AlterTable
ALTER TABLE "Email" ADD COLUMN     "concernId" TEXT;

-- CreateTable
CREATE TABLE "Concern" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "sections" TEXT[],
    "text" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "stageAt" TIMESTAMP(3) NOT NULL,
    "details" TEXT,
    "answer" TEXT,
    "applicationId" TEXT,
    "result" TEXT,

    CONSTRAINT "Concern_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Concern_slug_stage_idx" ON "Concern"("slug", "stage");

-- CreateIndex
CREATE INDEX "Concern_address_idx" ON "Concern"("address");

-- CreateIndex
CREATE INDEX "Concern_stage_createdAt_idx" ON "Concern"("stage", "createdAt");

-- CreateIndex
CREATE INDEX "Concern_applicationId_idx" ON "Concern"("applicationId");

-- CreateIndex
CREATE INDEX "Email_concernId_idx" ON "Email"("concernId");

-- AddForeignKey
ALTER TABLE "Email" ADD CONSTRAINT "Email_concernId_fkey" FOREIGN KEY ("concernId") REFERENCES "Concern"("id") ON DELETE CASCADE ON UPDATE CASCADE;
