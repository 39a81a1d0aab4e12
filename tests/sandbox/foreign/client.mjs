// Google's client for Node does with the sandbox what it would do with YouTube, and tells what came back as JSON.
// Arguments: address of the sandbox, refresh token, a film, a thumbnail, captions, a square picture.
import { createHash } from "node:crypto";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { auth, youtube } from "@googleapis/youtube";

const [url, refreshToken, film, thumbnail, captions, square] = process.argv.slice(2);
const owner = new auth.OAuth2({
  clientId: "sandbox.apps.media-service",
  clientSecret: "sandbox",
  endpoints: { oauth2TokenUrl: `${url}/token`, oauth2AuthBaseUrl: `${url}/o/oauth2/auth`, oauth2RevokeUrl: `${url}/revoke` },
});
owner.setCredentials({ refresh_token: refreshToken });
const channel = youtube({ version: "v3", auth: owner, rootUrl: url, retry: false });
const here = { rootUrl: `${url}/` }; // files go where each call says, not where the client was made for
const said = {};

async function refusal(asked) {
  try {
    await asked;
  } catch (fault) {
    const error = fault.response.data.error;
    return { status: fault.response.status, reason: error.errors[0].reason, message: error.message };
  }
  throw new Error("this was to be refused");
}

function details(title) {
  return {
    snippet: { title, description: "Con cò bay lả bay la.", categoryId: "27", tags: ["cò"], defaultLanguage: "vi" },
    status: { privacyStatus: "private", selfDeclaredMadeForKids: true },
  };
}

said.channel = (await channel.channels.list({ part: ["id", "contentDetails"], mine: true })).data.items[0];

// a film beside its metadata
const multipart = await channel.videos.insert({
  part: ["snippet", "status"],
  notifySubscribers: false,
  requestBody: details("Gửi một lần"),
  media: { mimeType: "video/mp4", body: createReadStream(film) },
}, here);
said.multipart = multipart.data;

// the same film into a session, in two pieces, the second after asking how far it is
const size = statSync(film).size;
const opened = await channel.videos.insert(
  { part: ["snippet", "status"], uploadType: "resumable", requestBody: details("Gửi nhiều lần") },
  {
    url: `${url}/resumable/upload/youtube/v3/videos`,
    headers: { Slug: "con-co-01-0123456789ab.mp4", "X-Upload-Content-Length": `${size}`, "X-Upload-Content-Type": "video/mp4" },
  },
);
const session = opened.headers.get("location");
const bytes = readFileSync(film);
const put = (range, body) =>
  owner.request({
    url: session, method: "PUT", headers: { "Content-Range": range }, body, redirect: "manual", retry: false,
    validateStatus: (status) => [200, 308].includes(status),
  });
const piece = 4 * 256 * 1024;
const first = await put(`bytes 0-${piece - 1}/${size}`, bytes.subarray(0, piece));
const asked = await put(`bytes */${size}`, undefined);
const held = Number(asked.headers.get("range").split("-")[1]) + 1;
const last = await put(`bytes ${held}-${size - 1}/${size}`, bytes.subarray(held));
said.resumable = { statuses: [opened.status, first.status, asked.status, last.status], held, video: last.data };
const video = last.data.id;

said.listed = (await channel.videos.list({ part: ["snippet", "status", "fileDetails"], id: [multipart.data.id, video] })).data;

const playlist = (await channel.playlists.insert({
  part: ["snippet", "status"],
  requestBody: { snippet: { title: "Truyện của cò" }, status: { privacyStatus: "public" } },
})).data;
for (const id of [multipart.data.id, video]) {
  await channel.playlistItems.insert({
    part: ["snippet"],
    requestBody: { snippet: { playlistId: playlist.id, position: 0, resourceId: { kind: "youtube#video", videoId: id } } },
  });
}
const page = await channel.playlistItems.list({ part: ["contentDetails"], playlistId: playlist.id, maxResults: 1 });
const rest = await channel.playlistItems.list({
  part: ["contentDetails"], playlistId: playlist.id, maxResults: 1, pageToken: page.data.nextPageToken,
});
said.order = [...page.data.items, ...rest.data.items].map((item) => item.contentDetails.videoId);
said.playlistImage = (await channel.playlistImages.insert({
  part: ["snippet"],
  requestBody: { snippet: { playlistId: playlist.id, type: "hero" } },
  media: { mimeType: "image/png", body: createReadStream(square) },
}, here)).data;

said.caption = (await channel.captions.insert({
  part: ["snippet"],
  requestBody: { snippet: { videoId: video, language: "vi", name: "" } },
  media: { mimeType: "text/vtt", body: createReadStream(captions) },
}, here)).data;
said.captions = (await channel.captions.list({ part: ["id"], videoId: video })).data.items.length;
said.downloaded = Buffer.from(
  await (await channel.captions.download({ id: said.caption.id, tfmt: "srt" }, { responseType: "blob" })).data.arrayBuffer(),
).toString("utf8");

said.thumbnail = (await channel.thumbnails.set({
  videoId: video,
  media: { mimeType: "image/png", body: createReadStream(thumbnail) },
}, here)).data;

said.updated = (await channel.videos.update({
  part: ["status"],
  requestBody: { id: video, status: { privacyStatus: "public", selfDeclaredMadeForKids: true } },
})).data.status;

said.refusals = {
  title: await refusal(channel.videos.insert({ part: ["snippet"], requestBody: { snippet: { title: "<b>", categoryId: "27" } }, media: { body: "x" } }, here)),
  video: await refusal(channel.thumbnails.set({ videoId: "none", media: { mimeType: "image/png", body: "x" } }, here)),
  again: await refusal(channel.playlistItems.insert({
    part: ["snippet"],
    requestBody: { snippet: { playlistId: playlist.id, resourceId: { kind: "youtube#video", videoId: video } } },
  })),
  caption: await refusal(channel.captions.insert({
    part: ["snippet"],
    requestBody: { snippet: { videoId: video, language: "vi", name: "" } },
    media: { mimeType: "text/vtt", body: "WEBVTT" },
  }, here)),
};
await channel.videos.delete({ id: multipart.data.id });
said.sha256 = createHash("sha256").update(bytes).digest("hex");
console.log(JSON.stringify(said, undefined, 1));
