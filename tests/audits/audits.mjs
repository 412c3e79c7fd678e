// Runs every server audit of GraphQL over HTTP against the URL given; prints one JSON object per audit.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
if (!url) throw new Error("which URL?");
for (const audit of serverAudits({ url })) {
  const result = await audit.fn();
  const reason = result.status === "ok" ? undefined : result.reason;
  console.log(JSON.stringify({ id: audit.id, name: audit.name, status: result.status, reason }));
}
