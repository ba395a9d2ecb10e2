-- AlterTable
ALTER TABLE "StaffSession" ADD COLUMN     "onlyAs" TEXT;

-- CreateTable
CREATE TABLE "Consultation" (
    "id" SERIAL NOT NULL,
    "applicationId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "answersVersion" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "end" TEXT,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Consultation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Advice" (
    "consultationId" INTEGER NOT NULL,
    "expert" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "until" DATE,
    "at" TIMESTAMP(3) NOT NULL,
    "invitedAt" TIMESTAMP(3) NOT NULL,
    "why" TEXT,
    "word" TEXT,
    "text" TEXT,
    "answeredAt" TIMESTAMP(3),
    "late" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Advice_pkey" PRIMARY KEY ("consultationId","expert")
);

-- CreateTable
CREATE TABLE "AdviceDraft" (
    "consultationId" INTEGER NOT NULL,
    "expert" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "savedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AdviceDraft_pkey" PRIMARY KEY ("consultationId","expert")
);

-- CreateTable
CREATE TABLE "SignInCode" (
    "id" SERIAL NOT NULL,
    "personId" TEXT,
    "browser" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "returnTo" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "SignInCode_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Consultation_applicationId_number_section_key" ON "Consultation"("applicationId", "number", "section");

-- CreateIndex
CREATE INDEX "Advice_expert_idx" ON "Advice"("expert");

-- CreateIndex
CREATE INDEX "SignInCode_createdAt_idx" ON "SignInCode"("createdAt");

-- CreateIndex
CREATE INDEX "SignInCode_browser_idx" ON "SignInCode"("browser");

-- AddForeignKey
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Advice" ADD CONSTRAINT "Advice_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdviceDraft" ADD CONSTRAINT "AdviceDraft_consultationId_fkey" FOREIGN KEY ("consultationId") REFERENCES "Consultation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
