import { hintOf, choicesOf, questionsOfSection, SECTIONS, STANDARD, TERMS } from '../../domain/standard.js';
import type { Question } from '../../domain/standard.js';
import { askedWhen, readBy, sectionHeading } from '../../domain/standard-text.js';
import { AboutQuestion } from '../about-question.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';

/** Where the questions of the version in force are. */
export const STANDARD_PATH = `/standard/${STANDARD.version}`;

/** Every question of the Standard, for whoever wants to know before they start. */
export function StandardPage({ context }: { readonly context: WebContext }) {
  const all = SECTIONS.flatMap(({ id }) => questionsOfSection(id));
  const conditional = all.filter(({ showIf }) => showIf !== undefined).length;
  return (
    <Page context={context} title="The questions of the Standard">
      <h1>The questions of the Digital Public Goods Standard</h1>
      <p>
        This is what an annual review asks, in version {STANDARD.version}: {all.length} questions, of which{' '}
        {conditional} depend on other answers. Nothing needs to be sent here.
      </p>
      <p>
        <a href={`${STANDARD_PATH}/questions.md`}>Download all questions as one text</a>, to prepare answers offline.
      </p>
      <p class="small">{Object.values(TERMS).join(' ')}</p>
      <nav aria-label="Sections">
        <ul>
          {SECTIONS.map((section) => (
            <li>
              <a href={`#section-${section.id}`}>{sectionHeading(section)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {SECTIONS.map((section) => (
        <section aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`}>{sectionHeading(section)}</h2>
          {questionsOfSection(section.id).map((question) => (
            <Asked question={question} />
          ))}
        </section>
      ))}
    </Page>
  );
}

function Asked({ question }: { readonly question: Question }) {
  const { id, title, label } = question;
  const when = askedWhen(question);
  const hint = hintOf(question);
  const choices = choicesOf(question);
  return (
    <div class="asked">
      <h3 id={`question-${id}`}>{title}</h3>
      <p>{label}</p>
      {choices.length === 0 ? null : (
        <ul>
          {choices.map((choice) => (
            <li>{choice.label}</li>
          ))}
        </ul>
      )}
      {hint === undefined ? null : <p class="small">{hint}</p>}
      <AboutQuestion question={question} />
      <p class="small">
        {readBy(question)}
        {when === undefined ? '' : ` ${when}`}
      </p>
    </div>
  );
}
