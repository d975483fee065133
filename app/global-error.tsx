"use client";

export { GlobalErrorMessage as default } from "#components/ui/global-error-message";
