"""The email gateway: a milter that judges mail before the mail server has answered for it. Codec, session, judging, transport and policy stand apart."""
