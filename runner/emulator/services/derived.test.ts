/** The derived emulation: literal calls of the example and of two copied services, which have no hand-written emulation. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CallMembers } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { createInProcessClient } from "../testing/in-process-client.ts";

function clientFor(dir: string, service: string) {
  const client = createInProcessClient(loadSpecs(dir));
  return {
    code: (action: string, members: CallMembers) => client.code(`${service}/${action}`, members),
    output: (action: string, members: CallMembers) => client.output(`${service}/${action}`, members),
    counts: () => client.stateCounts()[service],
  };
}

/** A built-in service under another name. */
function clientForCopy(original: string, copy: string) {
  const dir = mkdtempSync(join(tmpdir(), "assay-derived-"));
  try {
    const folder = join(dir, copy);
    cpSync(join(builtInSpecs(), original), folder, { recursive: true });
    const file = join(folder, "service.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(`service: ${original}`, `service: ${copy}`));
    return clientFor(dir, copy);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

describe("the example", () => {
  const notes = () => clientFor(join(builtInSpecs(), "example"), "acme/notes");

  it("a note has an id of the documented form, and is returned and listed as it was created", () => {
    const { output, counts } = notes();
    const note = { Title: "a b", Labels: ["x"] };
    expect(output("CreateNote", note)).toEqual({ NoteId: "n-000000000000", RequestId: "request" });
    expect(output("GetNote", { NoteId: "n-000000000000" })).toMatchObject({ NoteId: "n-000000000000", ...note });
    output("CreateNote", { Title: "c" });
    expect(output("ListNotes", {})).toMatchObject({
      Notes: [{ NoteId: "n-000000000000", ...note }, { Title: "c" }],
      Total: 2,
    });
    expect(output("ListNotes", { Offset: 1 })).toMatchObject({ Notes: [{ Title: "c" }], Total: 2 });
    expect(counts()).toEqual({ note: 2 });
  });

  it("an update stores its members; the title of another note is refused, its own is not", () => {
    const { code, output } = notes();
    output("CreateNote", { Title: "a" });
    output("CreateNote", { Title: "b", Text: "text" });
    const update = (Title: string) => code("UpdateNote", { NoteId: "n-000000000001", Title });
    expect([update("a"), update("b"), update("c"), code("CreateNote", { Title: "b" })]).toEqual([
      "InvalidParameterValue.TitleInUse",
      "ok",
      "ok",
      "ok",
    ]);
    expect(output("GetNote", { NoteId: "n-000000000001" })).toMatchObject({ Title: "c", Text: "text" });
    expect(code("UpdateNote", { NoteId: "n-1", Title: "d" })).toBe("ResourceNotFound.Note");
  });

  it("a title in use, an unknown note and a deleted one are refused; a deleted title may be used again", () => {
    const { code, counts } = notes();
    expect([
      code("CreateNote", { Title: "a" }),
      code("CreateNote", { Title: "a" }),
      code("GetNote", { NoteId: "n-1" }),
      code("DeleteNote", { NoteId: "n-000000000000" }),
      code("DeleteNote", { NoteId: "n-000000000000" }),
      code("GetNote", { NoteId: "n-000000000000" }),
      code("CreateNote", { Title: "a" }),
    ]).toEqual([
      "ok",
      "InvalidParameterValue.TitleInUse",
      "ResourceNotFound.Note",
      "ok",
      "ResourceNotFound.Note",
      "ResourceNotFound.Note",
      "ok",
    ]);
    expect(counts()).toEqual({ note: 1 });
  });
});

describe("resources in containers", () => {
  const faces = () => clientForCopy("aws/rekognition", "aws/faces");

  it("a user belongs to its collection and is deleted with it", () => {
    const { code, output, counts } = faces();
    for (const CollectionId of ["a", "b"]) code("CreateCollection", { CollectionId });
    expect([
      code("CreateUser", { CollectionId: "a", UserId: "u" }),
      code("CreateUser", { CollectionId: "a", UserId: "u" }),
      code("CreateUser", { CollectionId: "c", UserId: "u" }),
      code("DeleteUser", { CollectionId: "b", UserId: "u" }),
      code("CreateUser", { CollectionId: "b", UserId: "u" }),
    ]).toEqual(["ok", "ConflictException", "ResourceNotFoundException", "ResourceNotFoundException", "ok"]);
    expect(output("ListUsers", { CollectionId: "a" })).toEqual({ Users: [{ UserId: "u" }] });
    expect([code("DeleteUser", { CollectionId: "b", UserId: "u" }), counts()]).toEqual([
      "ok",
      { collection: 2, user: 1 },
    ]);
    expect([code("DeleteCollection", { CollectionId: "a" }), counts()]).toEqual(["ok", { collection: 1, user: 0 }]);
  });

  it("a repeated token changes nothing; with other members it is refused", () => {
    const { code, counts } = faces();
    code("CreateCollection", { CollectionId: "a" });
    const call = { CollectionId: "a", UserId: "u", ClientRequestToken: "t" };
    expect([code("CreateUser", call), code("CreateUser", call), code("CreateUser", { ...call, UserId: "v" })]).toEqual([
      "ok",
      "ok",
      "IdempotentParameterMismatchException",
    ]);
    expect(counts()).toEqual({ collection: 1, user: 1 });
  });
});

describe("states of resources", () => {
  it("a zone that is provided, a user who is no member, a member who is added twice, an unknown group", () => {
    const { code, output } = clientForCopy("tencent/organization", "tencent/teams");
    const ZoneId = "z-emulator0001";
    expect(code("CreateGroup", { ZoneId: "z-other", GroupName: "g" })).toBe("FailedOperation.ZoneIdNotExist");
    expect(output("CreateGroup", { ZoneId, GroupName: "g" })).toMatchObject({
      GroupInfo: { GroupId: "g-000000000000" },
    });
    const { UserInfo } = output("CreateUser", { ZoneId, UserName: "u" }) as { UserInfo: { UserId: string } };
    const call = { ZoneId, GroupId: "g-000000000000", UserId: UserInfo.UserId };
    expect([
      code("RemoveUserFromGroup", call),
      code("AddUserToGroup", call),
      code("AddUserToGroup", call),
      code("RemoveUserFromGroup", call),
      code("RemoveUserFromGroup", { ...call, GroupId: "g-other" }),
      code("DeleteUser", { ZoneId, UserId: UserInfo.UserId }),
    ]).toEqual([
      "InvalidParameter.GroupUserNotExist",
      "ok",
      "InvalidParameter.GroupUserAlreadyExists",
      "ok",
      "InvalidParameter.GroupNotExist",
      "ok",
    ]);
  });
});
