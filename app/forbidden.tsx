// biome-ignore lint/style/noDefaultExport: Next looks for it
export { ForbiddenMessage as default } from "#components/ui/forbidden-message";
