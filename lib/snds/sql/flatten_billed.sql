-- In: taa, @when@ (a condition). Out: its keys.
SELECT @keys@ FROM taa WHERE @when@
