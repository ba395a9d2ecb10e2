import { Command } from 'commander';
import { unknownNames, wrongEnvironment } from '../../adapters/config.js';
import { addCases } from './cases.js';
import { addCampaign } from './campaign.js';
import { addConcern } from './concern.js';
import { addContacts } from './contacts.js';
import { addDoctor } from './doctor.js';
import { addEmails } from './emails.js';
import { addImport } from './import.js';
import { addPeople } from './people.js';
import { addPerson } from './person.js';
import { addLedger } from './ledger.js';
import { addPolicy } from './policy.js';
import { addReconcile } from './reconcile.js';
import { addServices } from './services.js';
import { addStandard } from './standard.js';
import { addStatus } from './status.js';
import { addVerdict } from './verdict.js';

/** The command `perennial`; `print` takes what goes to standard output. */
export function createProgram({ print }: { print: (text: string) => void }): Command {
  const program = new Command('perennial')
    .description('The reviews of digital public goods: for the secretariat and operators.')
    .showHelpAfterError('Add --help to see what this command takes.')
    .exitOverride()
    .hook('preAction', () => {
      const unknown = unknownNames();
      if (unknown.length > 0) throw wrongEnvironment(unknown);
    });
  addImport(program, print);
  addContacts(program, print);
  addConcern(program, print);
  addCampaign(program, print);
  addPerson(program, print);
  addPeople(program, print);
  addPolicy(program, print);
  addVerdict(program, print);
  addCases(program, print);
  addEmails(program, print);
  addStandard(program, print);
  addStatus(program, print);
  addReconcile(program, print);
  addLedger(program, print);
  addDoctor(program, print);
  addServices(program, print);
  return program;
}
