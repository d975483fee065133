/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  typedRoutes: true,
  reactStrictMode: true,
  serverExternalPackages: ["pg", "pino", "better-auth"],
  // Its lines for server actions hold their arguments, passwords too.
  logging: { serverFunctions: false },
  experimental: { authInterrupts: true },
};

export default config;
