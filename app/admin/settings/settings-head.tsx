import { SettingsTabs } from "#components/settings/settings-tabs";
import { PageHeader } from "#components/ui/page-header";

export const SettingsHead = ({ description }: { description: string }) => (
  <>
    <PageHeader title="Settings" description={description} />
    <SettingsTabs />
  </>
);
