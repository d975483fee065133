import type { FoundMember } from "#db/queries/find-members";
import { MemberPicker } from "../../members/member-picker.tsx";

type Props = { member: FoundMember | null; onChoose: (member: FoundMember | null) => void };

/** Whom a draft is tried for: the first thing that the drawer asks. */
export const MemberSearch = (props: Props) => <MemberPicker {...props} label="Member" data-autofocus />;
