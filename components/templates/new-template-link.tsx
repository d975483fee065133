import { IconPlus } from "@tabler/icons-react";
import { PlainLinkButton } from "../ui/plain-button.tsx";

export const NewTemplateLink = () => (
  <PlainLinkButton href="/admin/templates/new">
    <IconPlus size={16} stroke={2} aria-hidden />
    New template
  </PlainLinkButton>
);
