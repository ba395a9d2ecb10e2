import type { Problem } from '../../domain/answer-form.js';

/** The id of the element that a field's name stands for; problems link to it. */
export function fieldId(name: string): string {
  return name.replaceAll(/[.:]/gu, '-');
}

/** The sentence of a field's problem, if it has one. */
export function problemOf(problems: readonly Problem[], name: string): string | undefined {
  return problems.find(({ field }) => field === name)?.sentence;
}

/** The title of a page, with what GOV.UK puts before it when something is to be put right. */
export function titleWith(problems: readonly Problem[], title: string): string {
  return problems.length > 0 ? `Error: ${title}` : title;
}

/** What is to be put right, each sentence a link to its field. Nothing when there is nothing. */
export function ErrorSummary({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div class="errors" role="alert" tabindex={-1} autofocus aria-labelledby="errors-title">
      <h2 id="errors-title">There is a problem</h2>
      <ul>
        {problems.map(({ field, sentence }) => (
          <li>
            <a href={`#${fieldId(field)}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Said above a form that could not be taken: what was typed stands in it. */
export function NothingTaken({ title }: { readonly title: string }) {
  return (
    <div class="errors" role="alert" tabindex={-1} autofocus>
      <h2>{title}</h2>
      <p>There is a problem with the service. What you typed is still on this page. Try again in a few minutes.</p>
    </div>
  );
}

/** The sentence beside a field. */
export function FieldError({ name, sentence }: { readonly name: string; readonly sentence: string | undefined }) {
  if (sentence === undefined) return null;
  return (
    <p class="error" id={`${fieldId(name)}-error`}>
      <span class="hidden">Error: </span>
      {sentence}
    </p>
  );
}
