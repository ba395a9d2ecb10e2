export { createPostActivities, type Loop, type PostActivities, type PostPorts } from './post.js';
export { createStepActivities, type Records, type StepActivities } from './steps.js';
