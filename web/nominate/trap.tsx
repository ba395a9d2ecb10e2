import { posted, type FormFields } from '../../domain/answer-form.js';
import { TRAP } from './words.js';

/** The field that only programs fill in. */
export function Trap({ values }: { readonly values: FormFields }) {
  return (
    <div class="hidden" aria-hidden="true">
      <label for={TRAP}>Leave this empty</label>
      <input type="text" id={TRAP} name={TRAP} value={posted(values, TRAP)} tabindex={-1} autocomplete="off" />
    </div>
  );
}
