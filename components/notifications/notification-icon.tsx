import {
  IconAlertTriangle,
  IconBell,
  IconCake,
  IconCalendarEvent,
  IconGift,
  IconHeart,
  IconInfoCircle,
  IconTrophy,
} from "@tabler/icons-react";

const icons = {
  info: IconInfoCircle,
  bell: IconBell,
  gift: IconGift,
  cake: IconCake,
  calendar: IconCalendarEvent,
  heart: IconHeart,
  trophy: IconTrophy,
  warning: IconAlertTriangle,
};

export const iconNames = Object.keys(icons);

/** A template names its icon; a name that is not known here is shown as plain news. */
export function NotificationIcon({ name }: { name: string }) {
  const Icon = Object.hasOwn(icons, name) ? icons[name as keyof typeof icons] : icons.info;
  return <Icon size={20} stroke={1.75} aria-hidden />;
}
