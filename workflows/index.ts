export { campaign } from './campaign.js';
export { certification } from './certification.js';
export { inbox, outbox } from './post.js';
