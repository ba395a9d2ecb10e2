-- AlterTable
ALTER TABLE "NominationStart" ADD COLUMN     "closedAt" TIMESTAMP(3),
ADD COLUMN     "closedBy" TEXT,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'nomination',
ADD COLUMN     "outcome" TEXT,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "why" TEXT NOT NULL DEFAULT '';
