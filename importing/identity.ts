type Identified = {
  externalId: string | null;
  email: string | null;
  isMember: boolean;
  /** Whose second record it was, where that makes it nobody to write about. */
  mergedInto?: string | null;
};

type IdentityRefusal = { column: "external_id" | "email"; reason: string };

/** Finds the member that a line means, by external id or address. */
export class MemberIndex<Member extends Identified> {
  readonly #byExternalId = new Map<string, Member>();
  readonly #byEmail = new Map<string, Member[]>();

  constructor(members: Iterable<Member> = []) {
    for (const member of members) {
      this.add(member);
    }
  }

  add(member: Member) {
    if (member.externalId) {
      this.#byExternalId.set(member.externalId, member);
    }
    if (member.email && member.isMember) {
      const email = member.email.toLowerCase();
      this.#byEmail.set(email, [...(this.#byEmail.get(email) ?? []), member]);
    }
  }

  /** All whom an external id or an address could mean. */
  list(externalId: string | null | undefined, email: string | null | undefined): Member[] {
    const named = externalId ? this.#byExternalId.get(externalId) : undefined;
    const sharing = email ? (this.#byEmail.get(email.toLowerCase()) ?? []) : [];
    return named ? [named, ...sharing] : sharing;
  }

  /** The member, null when there is none, or why nobody can tell. */
  find(externalId: string | null | undefined, email: string | null | undefined): Member | null | IdentityRefusal {
    const sharing = email ? (this.#byEmail.get(email.toLowerCase()) ?? []) : [];
    if (!externalId) {
      return sharing.length > 1
        ? { column: "email", reason: `${sharing.length} members share this address: say which one with external_id` }
        : (sharing[0] ?? null);
    }
    const named = this.#byExternalId.get(externalId);
    if (named && !named.isMember) {
      return { column: "external_id", reason: "belongs to a member of staff" };
    }
    if (named?.mergedInto) {
      return {
        column: "external_id",
        reason: `was merged into the member ${named.mergedInto}: take it out, or name that one`,
      };
    }
    if (named) {
      return sharing.length > 0 && !sharing.includes(named)
        ? { column: "email", reason: "is another member's than external_id: correct one of the two" }
        : named;
    }
    const unnumbered = sharing.filter((member) => !member.externalId);
    if (unnumbered.length === 0) {
      return null;
    }
    return sharing.length === 1
      ? (unnumbered[0] ?? null)
      : {
          column: "external_id",
          reason: "is new, and several members share the address: give each an external_id first",
        };
  }
}

export function isRefusal(found: object | null): found is IdentityRefusal {
  return found !== null && "reason" in found;
}
