import { describe, expect, test } from '@jest/globals';
import type { Answers, AnswerValue, Scope } from '../../domain/answers.js';
import {
  asked,
  equalAnswer,
  isAnswered,
  missing,
  pagesOf,
  publicAnswers,
  visible,
  visibleAnswers,
} from '../../domain/answers.js';
import { questionOf } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';

const standard = NEWEST;

const visibleIds = (scope: Scope, answers: Answers) => visible({ standard, scope, answers }).map(({ id }) => id);
const pages = (scope: Scope, answers: Answers) =>
  pagesOf({ standard, scope, answers }).map(({ id, questionIds }) => `${id}: ${questionIds.join(' ')}`);

/** Answers that open every question. */
const open: Answers = {
  category: ['open_software', 'open_ai_system'],
  owns_all: 'no',
  closed_components: 'yes',
  handles_non_pii: 'yes',
  pii_level: 'collected_stored',
  content_level: 'collected',
  user_interaction: 'yes',
};

describe('what a case asks', () => {
  test.each<[string, Scope, number]>([
    ['an annual review the whole form', 'all', 53],
    ['a privacy case the gate and the five', 'privacy', 6],
    ['a clarification what was chosen, in the order of the form', ['P2', 'name', 'never_heard_of'], 2],
  ])('%s', (_, scope, count) => {
    expect(asked({ standard, scope })).toHaveLength(count);
  });

  test('a clarification keeps the order of the form', () => {
    expect(asked({ standard, scope: ['P2', 'website', 'name'] }).map(({ id }) => id)).toEqual([
      'name',
      'website',
      'P2',
    ]);
  });

  test('every question can be reached', () => {
    expect(visibleIds('all', open)).toEqual(standard.questions.map(({ id }) => id));
    expect(pagesOf({ standard, scope: 'all', answers: open }).flatMap(({ questionIds }) => questionIds)).toEqual(
      standard.questions.map(({ id }) => id),
    );
  });

  test.each<[string, Scope, Answers, string]>([
    ['only the gate while it is open', 'privacy', {}, 'pii_level'],
    ['nothing more without personal data', 'privacy', { pii_level: 'none' }, 'pii_level'],
    ['the five with personal data', 'privacy', { pii_level: 'collected' }, 'pii_level P1 P2 P3 P4 P5'],
    ['an answer to the gate that is blank counts as open', 'privacy', { pii_level: '' }, 'pii_level'],
    ['a chosen question by the gate on file', ['P2', 'P4'], { pii_level: 'collected_stored' }, 'P2 P4'],
    ['no chosen question when the gate on file is none', ['P2', 'name'], { pii_level: 'none' }, 'name'],
    ['a chosen question when no gate is on file', ['P2'], {}, 'P2'],
    [
      'the right to share only if others own parts',
      ['owns_all', 'redistribution_right'],
      { owns_all: 'yes' },
      'owns_all',
    ],
    [
      'the right to share if others own parts',
      ['owns_all', 'redistribution_right'],
      { owns_all: 'no' },
      'owns_all redistribution_right',
    ],
  ])('shows %s', (_, scope, answers, shown) => {
    expect(visibleIds(scope, answers).join(' ')).toBe(shown);
  });
});

describe('what is missing', () => {
  test('is every mandatory visible question without an answer, and nothing optional or hidden', () => {
    expect(missing({ standard, scope: 'privacy', answers: {} })).toEqual(['pii_level']);
    expect(missing({ standard, scope: 'privacy', answers: { pii_level: 'none' } })).toEqual([]);
    expect(missing({ standard, scope: 'privacy', answers: { pii_level: 'collected', P2: 'A notice.' } })).toEqual([
      'P1',
      'P3',
      'P4',
      'P5',
    ]);
    expect(missing({ standard, scope: ['aliases', 'owner'], answers: {} })).toEqual(['owner']);
    expect(missing({ standard, scope: 'all', answers: open })).toHaveLength(32);
  });

  test.each<[string, AnswerValue | undefined, boolean]>([
    ['name', undefined, false],
    ['name', '', false],
    ['name', 'Lantern', true],
    ['website', [], false],
    ['website', ['https://lantern.example'], true],
    ['P1', { choice: 'yes', text: '' }, true],
    ['P1', { choice: 'no', text: '' }, false],
    ['P1', { choice: 'no', text: 'We also keep a phone number.' }, true],
    ['P1', { choice: '', text: 'Maybe.' }, false],
    ['P3', { text: '', urls: [] }, false],
    ['P3', { text: '', urls: ['https://lantern.example/privacy'] }, true],
    ['P5', { choices: [], text: 'By hand.' }, false],
    ['P5', { choices: ['other'], text: '' }, false],
    ['P5', { choices: ['other'], text: 'By hand.' }, true],
    ['P5', { choices: ['cryptographic_erasure'], text: '' }, true],
  ])('%s with %j is answered: %s', (id, value, answered) => {
    const question = questionOf(standard, id);
    expect(question === undefined ? undefined : isAnswered({ question, value })).toBe(answered);
  });
});

describe('pages', () => {
  test('of a privacy case: one without personal data, six with', () => {
    expect(pages('privacy', { pii_level: 'none' })).toEqual(['pii_level: pii_level']);
    expect(pages('privacy', open)).toEqual(['pii_level: pii_level', 'P1: P1', 'P2: P2', 'P3: P3', 'P4: P4', 'P5: P5']);
  });

  test('of an annual review: short answers of a section together, texts alone', () => {
    expect(pages('all', open)).toEqual([
      'name: name aliases category short_description website alternate_email source_location',
      'sdgs: sdgs',
      'sdg_relevance: sdg_relevance',
      'licences: licences licence_evidence',
      'ai_weights: ai_weights',
      'ai_training_code: ai_training_code',
      'ai_training_data: ai_training_data',
      'owner: owner owner_evidence owner_type owner_country owns_all',
      'redistribution_right: redistribution_right',
      'core_technologies: core_technologies',
      'closed_components: closed_components',
      'open_alternatives: open_alternatives',
      'documentation: documentation',
      'handles_non_pii: handles_non_pii',
      'non_pii_mechanism: non_pii_mechanism',
      'laws: laws laws_evidence',
      'standards: standards best_practices',
      'pii_level: pii_level',
      'pii_types: pii_types',
      'P1: P1',
      'P2: P2',
      'P3: P3',
      'P4: P4',
      'P5: P5',
      'pii_protection: pii_protection',
      'content_level: content_level',
      'content_types: content_types',
      'content_moderation: content_moderation',
      'user_interaction: user_interaction',
      'harassment_protection: harassment_protection',
      'deployed_in: deployed_in used_by multilingual languages programmes highlights',
      'annexure_governance: annexure_governance',
      'annexure_documentation: annexure_documentation',
      'annexure_safeguards: annexure_safeguards',
      'annexure_oversight: annexure_oversight',
    ]);
    expect(pages('all', { ...open, category: [], pii_level: 'none', content_level: 'none' })).toHaveLength(23);
  });

  test('keep their id whatever is visible, and never hold a question beside its condition', () => {
    const known = new Set(pagesOf({ standard, scope: 'all', answers: open }).map(({ id }) => id));
    for (const { id, questionIds } of pagesOf({ standard, scope: 'all', answers: {} })) {
      expect(known).toContain(id);
      for (const questionId of questionIds) {
        expect(questionIds).not.toContain(questionOf(standard, questionId)?.showIf?.question);
      }
    }
  });
});

describe('answers that go on', () => {
  test('a submission carries nothing that the gate hides', () => {
    const answers = { pii_level: 'none', P2: 'Left over.', name: 'Lantern' };
    expect(visibleAnswers({ standard, scope: 'all', answers })).toEqual({ pii_level: 'none', name: 'Lantern' });
  });

  test('the public sees no private address, and no owner who is a person', () => {
    const answers = { name: 'Lantern', owner: 'Amina Diallo', alternate_email: 'second@lantern.example' };
    expect(publicAnswers({ standard, answers: { ...answers, owner_type: 'nonprofit' } })).toEqual({
      name: 'Lantern',
      owner: 'Amina Diallo',
      owner_type: 'nonprofit',
    });
    expect(publicAnswers({ standard, answers: { ...answers, owner_type: 'individual' } })).toEqual({
      name: 'Lantern',
      owner_type: 'individual',
    });
  });

  test.each<[AnswerValue | undefined, AnswerValue | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, '', false],
    ['yes', 'yes', true],
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['b', 'a'], false],
    [['a,b'], ['a', 'b'], false],
    [{ text: 'a', urls: ['b'] }, { urls: ['b'], text: 'a' }, true],
    [{ choice: 'yes', text: 'a' }, { choice: 'no', text: 'a' }, false],
    [{ choices: ['other'], text: 'a' }, { choices: ['other'], text: 'b' }, false],
  ])('%j and %j are equal: %s', (a, b, equal) => {
    expect(equalAnswer(a, b)).toBe(equal);
    expect(equalAnswer(b, a)).toBe(equal);
  });
});
