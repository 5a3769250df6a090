"""Parts of script/bench and script/torture: measuring and breaking, never a part of the product."""
