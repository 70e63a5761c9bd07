import { isSampleCertificate } from "../inspect/credentials.ts";
import type { Project, TokenServerOptions } from "../server/mod.ts";

/**
 * What is allowed and yet hardly meant in the options of a server, each in a sentence without its full stop.
 *
 * @param options The options, which were checked.
 */
export function remarksOn({ projects, access, demo }: TokenServerOptions): string[] {
  const ofProjects = demo ? [] : projects.flatMap((project, index) => remarksOnProject(`projects[${index}]`, project));
  return [...ofProjects, ...(typeof access === "object" ? access.remarks ?? [] : [])];
}

function remarksOnProject(path: string, { appId, appCertificate, secondCertificate }: Project): string[] {
  const named = { appCertificate, ...(secondCertificate === undefined ? {} : { secondCertificate }) };
  return Object.entries(named).flatMap(([name, certificate]) => {
    if (certificate.toLowerCase() === appId.toLowerCase()) return [`"${path}.${name}" is the App ID: no token of it is valid`];
    return isMadeUp(certificate.toLowerCase()) ? [`"${path}.${name}" is of a sample or made up: anybody may know it`] : [];
  });
}

/** Whether no project can have a certificate: it is published, repeats itself, or has few different characters. */
function isMadeUp(certificate: string): boolean {
  return isSampleCertificate(certificate) || certificate.slice(0, 16) === certificate.slice(16) ||
    new Set(certificate).size < 6;
}
