@rem What `exec` is to the shells of Unix, for the scripts of package.json under cmd.exe: it starts what is named.
@%*
