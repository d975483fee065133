import { createRequire } from "node:module";
import { createElement, type ReactElement } from "react";
import MemberMessage, { type MemberMessageProps } from "./member-message.tsx";
import SignIn, { type SignInProps } from "./sign-in.tsx";
import TaskDigest, { type TaskDigestProps } from "./task-digest.tsx";

// Next refuses this module in its server bundle, though calling it there is safe: Node loads it, not the bundler.
const { renderToStaticMarkup }: typeof import("react-dom/server") = createRequire(import.meta.url)("react-dom/server");

const doctype =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

const toHtml = (email: ReactElement) => doctype + renderToStaticMarkup(email);

export const renderMemberMessage = (props: MemberMessageProps): string => toHtml(createElement(MemberMessage, props));

export const renderSignIn = (props: SignInProps): string => toHtml(createElement(SignIn, props));

export const renderTaskDigest = (props: TaskDigestProps): string => toHtml(createElement(TaskDigest, props));
