-- CreateTable
CREATE TABLE "LinkCheck" (
    "id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "because" TEXT,
    "status" INTEGER,
    "leadsTo" TEXT,
    "since" TIMESTAMP(3) NOT NULL,
    "checkedAt" TIMESTAMP(3) NOT NULL,
    "lookedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "LinkCheck_pkey" PRIMARY KEY ("id")
);
