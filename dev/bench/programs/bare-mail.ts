import nodemailer from 'nodemailer';
import { readConfig } from '../../../adapters/config.js';
import { openDatabase } from '../../../prisma/database.js';
import { each } from '../statistics.js';

// Sends the texts of emails that were sent, over as many open lines as the sender has; prints seconds and CPU seconds.
const LINES = 8;
const { smtpUrl, databaseUrl } = readConfig();
const database = openDatabase(databaseUrl);
const emails = await database.email.findMany({
  where: { kind: 'prompt', state: 'sent' },
  orderBy: { id: 'desc' },
  take: Number(process.argv[2]),
  select: { subject: true, text: true, html: true },
});
await database.$disconnect();
const transport = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: LINES, maxMessages: 100 });
const cpu = process.cpuUsage();
const start = performance.now();
await each(emails, LINES, ({ subject, text, html }) =>
  transport.sendMail({
    ...{ from: 'reviews@alliance.example', to: 'amina@seed.example' },
    ...{ subject: subject ?? '', text: text ?? '', html: html ?? '' },
  }),
);
const seconds = (performance.now() - start) / 1_000;
const { user, system } = process.cpuUsage(cpu);
transport.close();
process.stdout.write(`\n${JSON.stringify({ seconds, cpu: (user + system) / 1_000_000 })}`);
