import { useHotkeys } from "@mantine/hooks";

/** Ctrl+S or ⌘S, wherever the cursor is: in a field and in the editor, too. */
export const useSaveKey = (save: () => void) => useHotkeys([["mod+S", save]], [], true);
