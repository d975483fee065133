import { Body } from "@react-email/body";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import type { ReactNode } from "react";
import { darkMode, style } from "./brand.ts";
import { addressLine, type Language, layoutCopy } from "./copy.ts";

export type LayoutProps = {
  language: Language;
  gym: { name: string; postalAddress: string };
  homeUrl: string;
  /** What the inbox shows beside the subject. */
  preview: string;
  /** Why it was sent, where that is not the membership. */
  reason?: string;
  /** Marketing mail always has one; mail about the contract never. */
  unsubscribeUrl?: string;
  /** What that link says, where it is not about advertising. */
  unsubscribeLabel?: string;
  children: ReactNode;
};

/** What stands around every email: the gym's name above, its address and the way out below. */
export default function Layout({ language, gym, homeUrl, preview, reason, children, ...wayOut }: LayoutProps) {
  const copy = layoutCopy[language];
  return (
    <Html lang={language}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkMode}</style>
      </Head>
      <Body className="page" style={style.body}>
        <Preview>{preview}</Preview>
        <Container style={style.container}>
          <Text className="brand" style={style.brand}>
            <Link href={homeUrl} style={style.brandLink}>
              {gym.name}
            </Link>
          </Text>
          <Section className="card" style={style.card}>
            {children}
          </Section>
          <Section className="footer" style={style.footer}>
            <Text style={style.footerText}>{reason ?? copy.reason(gym.name)}</Text>
            <Text style={style.footerText}>{addressLine(gym)}</Text>
            {wayOut.unsubscribeUrl && (
              <Text style={style.footerText}>
                <Link href={wayOut.unsubscribeUrl} style={style.footerLink}>
                  {wayOut.unsubscribeLabel ?? copy.unsubscribe}
                </Link>
              </Text>
            )}
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
