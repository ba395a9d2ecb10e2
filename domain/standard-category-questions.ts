/** What depends on the category of a product: the parts that an AI system must have. Form data is CC0-1.0. */
import type { Condition, Question } from './standard.js';

const isAiSystem: Condition = { question: 'category', includes: 'open_ai_system' };

const shared = {
  section: '2',
  indicator: '2',
  kind: 'text_urls',
  required: true,
  public: true,
  showIf: isAiSystem,
} as const satisfies Partial<Question>;

/** The mandatory parts of AI systems, since version 1.1.7: weights, training code and training data. */
export const categoryQuestions: readonly Question[] = [
  {
    ...shared,
    id: 'ai_weights',
    title: 'Weights of the model',
    label: 'Where can people get the weights of the model, and under which open licence?',
    why: 'Nobody can use or change an AI system without its weights.',
    good: 'A link to the weights of the present version, and the name of their licence.',
    empty: 'Enter where people can get the weights of the model.',
  },
  {
    ...shared,
    id: 'ai_training_code',
    title: 'Training code',
    label: 'Where can people get the code that trains the model, and under which open licence?',
    why: 'With this code, others can repeat the training and improve it.',
    good: 'A link to the code for preparing data, training and testing, and the name of its licence.',
    empty: 'Enter where people can get the code that trains the model.',
  },
  {
    ...shared,
    id: 'ai_training_data',
    title: 'Training data',
    label: 'Where can people get the data that trained the model, and under which open licence?',
    why: 'Without this data, nobody can study what the model learned from.',
    good: 'A link to each set of data. A few words say where it comes from and name its licence.',
    empty: 'Enter where people can get the data that trained the model.',
  },
];
