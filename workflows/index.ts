export { campaign } from './campaign.js';
export { certification } from './certification.js';
export { nomination } from './nomination.js';
export { inbox, links, outbox } from './post.js';
