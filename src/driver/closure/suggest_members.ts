import type { CaptureLink, Refusal } from "./capture_path.ts";
import type { FunctionDraft } from "./function_draft.ts";
import { destructuring } from "./refusals.ts";

/**
 * Adds the way out where a function reads members of an object, and it is the
 * rest of the object that cannot be captured.
 *
 * @param links the links from the root's to the culprit's own
 * @param drafts the functions that were captured before
 */
export function withMembers(
  refusal: Refusal,
  links: readonly CaptureLink[],
  drafts: readonly FunctionDraft[],
): Refusal {
  for (const [at, { parent, step }] of links.entries()) {
    const draft = drafts.find(({ id }) => id === parent);
    if (draft === undefined || step.kind !== "variable") continue;
    const free = draft.parsed.names.get(step.name);
    if (free === undefined || free.acts) continue;
    const next = links[at + 1]?.step;
    const isUnread = next === undefined
      ? refusal.isOfWhole === true
      : next.kind !== "property" || !free.members?.has(String(next.key));
    const members = destructuring(step.name, free.members);
    if (!isUnread || members === null) continue;
    const hint = `name what the function reads of it first: ${members}`;
    const remedy = [refusal.remedy, hint].filter(Boolean).join(", or ");
    return { ...refusal, remedy };
  }
  return refusal;
}
