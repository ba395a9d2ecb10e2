-- AlterTable
ALTER TABLE "Listing" ADD COLUMN     "nominated" TEXT;
