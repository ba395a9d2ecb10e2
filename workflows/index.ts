export { campaign } from './campaign.js';
export { certification } from './certification.js';
export { inbox, links, outbox } from './post.js';
