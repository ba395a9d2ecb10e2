export { BEAT_MS, createPostActivities, type Loop, type PostActivities, type PostPorts } from './post.js';
export { createStep, createStepActivities, type Records, type Step, type StepActivities } from './steps.js';
