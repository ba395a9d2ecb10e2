import { TextField } from '../answer/inputs.js';
import { StartForm, type StartProps } from '../nominate/start-form.js';
import { NOMINATE } from '../nominate/words.js';

/** Where somebody names a product that is not theirs. */
export function SuggestPage(props: StartProps) {
  const { values, problems } = props;
  return (
    <StartForm
      {...props}
      title="Suggest a digital public good"
      action="/suggest"
      about={
        <p>
          You know a product that should be here, and it is not yours? Name it. We may invite its owner to nominate it.
          Nothing is public before the owner nominates it. Is it yours? Then <a href={NOMINATE}>nominate it</a>.
        </p>
      }
      more={
        <TextField
          {...{ values, problems }}
          name="why"
          rows={4}
          label={{ text: 'Why should it be here? (optional)' }}
        />
      }
      addressHint="We send a link to it. We never publish it, and do not tell the owner who you are."
      allTheSame="Suggest it all the same"
    />
  );
}
