/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  typedRoutes: true,
  reactStrictMode: true,
  serverExternalPackages: ["pg", "pino", "better-auth"],
  // `npm run typecheck` does that, once and for all files.
  typescript: { ignoreBuildErrors: true },
  // Development's lines hold the arguments of server actions, passwords too, and the tokens of sign-in links.
  logging: { serverFunctions: false, incomingRequests: { ignore: [/[?&]token=/] } },
  experimental: { authInterrupts: true },
};

export default config;
