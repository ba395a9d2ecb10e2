-- AlterTable
ALTER TABLE "StaffPerson" ADD COLUMN     "awayFrom" DATE,
ADD COLUMN     "awayUntil" DATE,
ADD COLUMN     "deputyId" TEXT;

-- AlterTable
ALTER TABLE "Verdict" ADD COLUMN     "forWhom" TEXT;
