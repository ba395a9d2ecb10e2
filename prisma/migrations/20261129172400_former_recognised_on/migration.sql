-- AlterTable
ALTER TABLE "FormerRecord" ADD COLUMN     "recognisedOn" DATE;
