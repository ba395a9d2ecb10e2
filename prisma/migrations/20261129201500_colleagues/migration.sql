-- AlterTable
ALTER TABLE "Recipient" ADD COLUMN     "invitedBy" INTEGER;
