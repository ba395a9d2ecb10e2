-- AlterTable
ALTER TABLE "Email" ADD COLUMN     "personId" TEXT;

-- CreateIndex
CREATE INDEX "Email_personId_idx" ON "Email"("personId");

-- AddForeignKey
ALTER TABLE "Email" ADD CONSTRAINT "Email_personId_fkey" FOREIGN KEY ("personId") REFERENCES "StaffPerson"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
