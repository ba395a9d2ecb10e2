-- AlterTable
ALTER TABLE "Application" ADD COLUMN     "asideUntil" DATE,
ADD COLUMN     "claimedBy" TEXT;

-- AlterTable
ALTER TABLE "Verdict" ADD COLUMN     "undoneAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "ReviewerConflict" (
    "reviewer" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ReviewerConflict_pkey" PRIMARY KEY ("reviewer","slug")
);

-- CreateTable
CREATE TABLE "VerdictDraft" (
    "applicationId" TEXT NOT NULL,
    "reviewer" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "answersVersion" INTEGER NOT NULL,
    "savedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "VerdictDraft_pkey" PRIMARY KEY ("applicationId","reviewer")
);

-- CreateIndex
CREATE INDEX "Application_open_waitingOn_idx" ON "Application"("open", "waitingOn");

-- CreateIndex
CREATE INDEX "Application_claimedBy_idx" ON "Application"("claimedBy");

-- AddForeignKey
ALTER TABLE "VerdictDraft" ADD CONSTRAINT "VerdictDraft_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
