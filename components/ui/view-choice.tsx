import { SegmentedControl } from "@mantine/core";

type Props<Value extends string> = {
  label: string;
  options: readonly { value: Value; label: string; disabled?: boolean }[];
  value: Value;
  onChange: (value: Value) => void;
};

/** How wide an email is shown. */
export const widths = [
  { value: "phone", label: "Phone" },
  { value: "desktop", label: "Desktop" },
] as const;

/** Which of a few views of the same thing is shown. */
export function ViewChoice<Value extends string>({ label, options, value, onChange }: Props<Value>) {
  return (
    <SegmentedControl
      aria-label={label}
      size="xs"
      transitionDuration={0}
      data={[...options]}
      value={value}
      onChange={onChange}
    />
  );
}
