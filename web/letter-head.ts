import { LINK_PLACEHOLDER } from '../mail/render.js';
import type { LetterHead } from '../prisma/letter.js';
import type { WebContext } from './context.js';

/** What stands on every email, as the sender has it, for pages that show an email before it goes. */
export function letterHead(context: WebContext): LetterHead {
  const { organisation, senderName = organisation, staffAddress, publicUrl, invented } = context;
  return {
    ...{ organisation, senderName, replyTo: staffAddress, invented },
    checkUrl: `${publicUrl}/check`,
    link: LINK_PLACEHOLDER,
  };
}
