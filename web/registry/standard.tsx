import { printDay } from '../../adapters/dates.js';
import { hintOf, choicesOf, questionsOfSection, TERMS } from '../../domain/standard.js';
import type { Question, Standard } from '../../domain/standard.js';
import { askedWhen, readBy, sectionHeading } from '../../domain/standard-text.js';
import { AboutQuestion, HowMuch, SelfAssessment } from '../about-question.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';

/** Where the questions of a version are. */
export function standardPath({ version }: Pick<Standard, 'version'>): string {
  return `/standard/${version}`;
}

interface StandardProps {
  readonly context: WebContext;
  readonly standard: Standard;
}

/** Every question of a version of the Standard, for whoever wants to know before they start. */
export function StandardPage({ context, standard }: StandardProps) {
  const { version, questions, sections } = standard;
  const conditional = questions.filter(({ showIf }) => showIf !== undefined).length;
  return (
    <Page context={context} title="The questions of the Standard">
      <h1>The questions of the Digital Public Goods Standard</h1>
      <p>
        This is what an annual review asks, in version {version}: {questions.length} questions, of which {conditional}{' '}
        depend on other answers. Nothing needs to be sent here.
      </p>
      <Dates standard={standard} />
      <Versions context={context} standard={standard} />
      <p>
        <a href={`${standardPath(standard)}/questions.md`}>Download all questions as one text</a>, to prepare answers
        offline.
      </p>
      <p class="small">{Object.values(TERMS).join(' ')}</p>
      <nav aria-label="Sections">
        <ul>
          {sections.map((section) => (
            <li>
              <a href={`#section-${section.id}`}>{sectionHeading(section)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {sections.map((section) => (
        <section aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`}>{sectionHeading(section)}</h2>
          <SelfAssessment section={section} />
          {questionsOfSection(standard, section.id).map((question) => (
            <Asked standard={standard} question={question} />
          ))}
        </section>
      ))}
    </Page>
  );
}

/** From when the version counts, and what it brought. */
function Dates({ standard: { answerableFrom, bindsFrom, whatIsNew } }: Pick<StandardProps, 'standard'>) {
  return (
    <>
      <p>
        A review takes this version if it opens on {printDay(bindsFrom)} or later, until a newer version takes its
        place.
        {answerableFrom < bindsFrom
          ? ` From ${printDay(answerableFrom)} on, earlier reviews may answer its new questions already.`
          : ''}
      </p>
      {whatIsNew.length === 0 ? null : (
        <>
          <p>What is new:</p>
          <ul>
            {whatIsNew.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** The way to the other versions. */
function Versions({ context, standard }: StandardProps) {
  const others = context.standards.filter(({ version }) => version !== standard.version);
  if (others.length === 0) return null;
  return (
    <nav aria-label="Versions">
      <ul>
        {others.map((other) => (
          <li>
            <a href={standardPath(other)}>Version {other.version}</a>, for reviews that open from{' '}
            {printDay(other.bindsFrom)} on
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Asked({ standard, question }: { readonly standard: Standard; readonly question: Question }) {
  const { id, title, label } = question;
  const when = askedWhen(standard, question);
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
      <HowMuch question={question} />
      <p class="small">
        {readBy(question)}
        {when === undefined ? '' : ` ${when}`}
      </p>
    </div>
  );
}
