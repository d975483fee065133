/** `"The gym" <hello@gym.example>`, whatever the name holds: nothing of it can begin another address or header. */
export const senderLine = (name: string, address: string): string => {
  const plain = name
    .replace(/[\p{Cc}<>"\\]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain ? `"${plain}" <${address}>` : address;
};
