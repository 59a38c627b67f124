"""sync: the only room that knows both the network and the archive (DESIGN §1, §2)."""
