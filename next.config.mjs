/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  typedRoutes: true,
  reactStrictMode: true,
  // Its badge would lie on the user's name.
  devIndicators: false,
  // A checkout may lie within another folder that has a lock file of its own.
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["pg", "pino", "better-auth"],
  // `npm run typecheck` does that, once and for all files.
  typescript: { ignoreBuildErrors: true },
  // Development's lines hold the arguments of server actions, passwords too, and the tokens of sign-in links.
  logging: { serverFunctions: false, incomingRequests: { ignore: [/[?&]token=/] } },
  experimental: { authInterrupts: true },
  // A browser asks for it on its own where an answer of ours is no page with a link to the icon.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
};

export default config;
